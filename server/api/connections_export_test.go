package api

// Household is for the tests beside.
var Household = household
