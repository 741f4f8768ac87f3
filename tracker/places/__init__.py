"""Places that people teach: lists of operators, GeoNames dumps, and spellings taught one by one."""
