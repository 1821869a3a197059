INSERT DATA { her2:Vaccination a her2:TherapeuticAgent }
