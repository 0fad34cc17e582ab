/**
 * The preparation of data for a network: augmentation, standardisation, scaling, sliding windows and character vocabularies. Each
 * is a function of the data, a seed and an epoch.
 */
package dev.jzoo.datasets.preparation;
