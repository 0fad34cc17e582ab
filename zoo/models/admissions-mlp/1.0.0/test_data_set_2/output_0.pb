B
predictionJ0Pk?