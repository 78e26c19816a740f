"""What an instructor does around grading: roster, grades for elsewhere, a look at the class."""
