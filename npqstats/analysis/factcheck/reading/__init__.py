"""What a text says of each number: what it counts, of which years and courses, who paid, and what else."""
