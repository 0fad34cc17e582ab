package dev.jzoo.finetune;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.zoo.file.Sha256;
import java.util.List;

/**
 * What {@code recipe.json} says of a fine-tuned model: everything that decides the weights, what was found out included.
 *
 * @param kind "finetune"
 * @param mode which layers learnt, see {@link Mode}
 * @param base what it began with
 * @param pictures how pictures reach the base
 * @param views of each training picture
 * @param seed of views, folds and splits
 * @param head the layer that learnt
 * @param tuning how all layers learnt behind that; empty in mode head
 * @param data what it learnt from and was measured on
 */
record FinetuneRecipe(
        String kind,
        String mode,
        BaseRecord base,
        PictureRecord pictures,
        int views,
        long seed,
        Learnt head,
        String tuning,
        List<Provenance> data) {

    /**
     * A base.
     *
     * @param sha256 of the file without its metadata
     * @param features name of the tensor that the head reads
     * @param found how that was known
     * @param pooling what the head reads of it
     * @param dimension numbers that the head reads
     */
    record BaseRecord(String name, Sha256 sha256, String features, String found, String pooling, int dimension) {}

    /**
     * How pictures reach the base.
     *
     * @param size "224 x 224 x 3"
     * @param framing what of a picture is seen
     * @param normalization what the base takes for a pixel; "inside" where it takes bytes
     * @param chosen how that was known
     */
    record PictureRecord(String size, String framing, String normalization, String chosen) {}

    /**
     * The layer that learnt.
     *
     * @param kind in words
     * @param decay of its weights
     * @param classWeights how much a picture of each class counted
     * @param folds of the cross-validation that chose the decay
     */
    record Learnt(String kind, double decay, List<Double> classWeights, int folds) {}

    FinetuneRecipe {
        data = List.copyOf(data);
    }
}
