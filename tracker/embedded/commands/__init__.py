"""What a person types after ``manage.py``; each module has ``main(arguments)``."""
