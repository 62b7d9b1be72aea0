"""How long each class of data is kept, and the nightly run that erases what is past it."""
