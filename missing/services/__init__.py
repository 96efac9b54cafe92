"""Every write on a missing episode and its return interview, in the order in which they come."""
