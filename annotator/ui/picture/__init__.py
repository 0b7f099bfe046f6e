"""The annotated article on paper or in a picture file, drawn as the window draws it, always light."""
