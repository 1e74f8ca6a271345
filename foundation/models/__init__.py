"""What models are made of: fields, constraints, and operations of migrations."""
