INSERT { ?more a her2:Curation ; prov:wasDerivedFrom ?paper ; prov:wasAttributedTo ?who ; dcterms:created ?day }
WHERE { ?curation a her2:Curation ; prov:wasDerivedFrom ?paper ; prov:wasAttributedTo ?who ; dcterms:created ?day BIND(<https://w3id.org/her2ld/record/10.1007_BF02967477/curation-2> AS ?more) }
