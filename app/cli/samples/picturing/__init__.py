"""The demo's pictures: drawn, marked as demo data, and shown with the progress of projects."""
