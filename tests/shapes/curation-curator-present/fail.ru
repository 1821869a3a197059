DELETE { ?curation prov:wasAttributedTo ?who }
WHERE { ?curation a her2:Curation ; prov:wasAttributedTo ?who }
