INSERT DATA { her2:HER3 her2:heterodimerizesWith her2:HER2 }
