"""What every app may use and no table belongs to: failures, actors, jobs, public codes."""
