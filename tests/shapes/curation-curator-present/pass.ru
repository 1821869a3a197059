INSERT { ?curation prov:wasAttributedTo <https://w3id.org/her2ld/curator/another> }
WHERE { ?curation a her2:Curation }
