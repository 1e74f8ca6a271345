"""What people do in a browser, with the system's Chromium against a running site."""
