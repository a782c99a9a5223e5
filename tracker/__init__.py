"""What the product knows and decides. Imports no screen."""
