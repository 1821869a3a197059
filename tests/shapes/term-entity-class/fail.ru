DELETE DATA { her2:NotEstimable a her2:Unreached }
