/**
 * What happens to data on its way into a network: augmentation, standardisation, scaling, sliding windows, character
 * vocabularies. Each is a function of the data, a seed and an epoch.
 */
package dev.jzoo.datasets.preparation;
