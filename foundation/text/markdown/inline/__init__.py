"""Rules for what stands in a line: links, images, timestamps, names of things, elements."""
