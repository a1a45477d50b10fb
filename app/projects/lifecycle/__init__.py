"""The life of projects: proposed, decided, begun, ended, closed or stopped."""
