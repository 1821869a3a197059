DELETE { ?curation prov:wasDerivedFrom ?paper }
INSERT { ?curation prov:wasDerivedFrom <https://doi.org/10.1000/182> }
WHERE { ?curation a her2:Curation ; prov:wasDerivedFrom ?paper }
