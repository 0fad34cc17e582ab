package dev.jzoo.djl;

import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A translator of one picture at a time, because DJL's arrays for ONNX Runtime cannot be stacked without a second engine. */
final class PictureTranslator<I> implements NoBatchifyTranslator<I, Classifications> {

    /** A source of a picture. */
    interface PictureSource<I> {
        Picture picture(I input) throws IOException;
    }

    private final PictureSource<I> source;
    private final PictureSize size;
    private final Framing framing;
    private final List<String> labels;

    PictureTranslator(PictureSource<I> source, ImageClassifier classifier) {
        this.source = source;
        this.size = classifier.pictureSize();
        this.framing = classifier.framing();
        this.labels = classifier.labels();
    }

    @Override
    public NDList processInput(TranslatorContext context, I input) throws IOException {
        byte[] pixels = source.picture(input).pixels(size, framing);
        Shape shape = new Shape(1, size.height(), size.width(), size.channels());
        return new NDList(context.getNDManager().create(ByteBuffer.wrap(pixels), shape, DataType.UINT8));
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList outputs) {
        NDArray named = outputs.get("probabilities");
        return new Classifications(labels, named == null ? outputs.singletonOrThrow() : named);
    }
}
