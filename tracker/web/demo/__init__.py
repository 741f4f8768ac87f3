"""What ``manage.py demo`` fills an installation with: people, sources, articles, incidents."""
