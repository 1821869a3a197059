INSERT { <https://w3id.org/her2ld/statement/second> ?property ?value }
WHERE { ?gap a her2:KnowledgeGap ; ?property ?value . FILTER(?value NOT IN (her2:RasMAPKPathway, her2:S6KinasePathway)) }
