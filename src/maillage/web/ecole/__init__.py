"""What a school head may say: an orientation, absences to the mayor; of a measure, what the law answers."""
