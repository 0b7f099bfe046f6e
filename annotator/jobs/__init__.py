"""Long, cancellable work without Qt, used by the window and the command line alike."""
