"""What is asked of those who steer."""
