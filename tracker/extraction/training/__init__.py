"""Learning from annotated articles how sure each rule is and what makes an article relevant.

Pure Python and deterministic: the same articles give the same files. Run by
``manage.py train_extraction``; nothing here is used when articles are read.
"""
