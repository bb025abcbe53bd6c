"""An application that nobody here wrote and that shows nothing without JavaScript, taught and crawled by address alone (make try-app)."""
