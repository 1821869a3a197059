DELETE DATA { her2:HER2HER4Heterodimer her2:hasPartner her2:HER4 } ;
INSERT DATA { her2:HER2HER4Heterodimer her2:hasPartner her2:HER1 }
