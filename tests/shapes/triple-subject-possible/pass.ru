INSERT DATA { her2:Vaccination her2:directedAgainst her2:HER2 }
