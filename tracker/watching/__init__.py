"""Does everything move: workers' heartbeats, throughput of the stages, alarms that people see."""
