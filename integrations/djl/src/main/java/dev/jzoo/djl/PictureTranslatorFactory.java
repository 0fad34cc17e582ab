package dev.jzoo.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorFactory;
import ai.djl.util.Pair;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A factory of translators from pictures to DJL's {@link Classifications}, for any ONNX file that {@link ImageClassifier}
 * accepts. Labels, size and framing come from the file. The picture is cropped and resized as in {@code ImageClassifier}, so both
 * give the same result.
 *
 * <p>An {@link Image} is used as DJL decoded it. A {@link Path} is decoded by JZoo, which turns photographs upright and reads
 * CMYK.
 *
 * <p>DJL's engine must create ONNX Runtime's environment, and a JVM has only one. If your application also uses JZoo's own
 * classes, start the engine first: {@code Engine.getEngine("OnnxRuntime")}.
 */
public final class PictureTranslatorFactory implements TranslatorFactory {

    private static final Set<Pair<Type, Type>> TYPES =
            Set.of(new Pair<>(Image.class, Classifications.class), new Pair<>(Path.class, Classifications.class));

    @Override
    public Set<Pair<Type, Type>> getSupportedTypes() {
        return TYPES;
    }

    @Override
    public <I, O> Translator<I, O> newInstance(Class<I> input, Class<O> output, Model model, Map<String, ?> arguments)
            throws TranslateException {
        if (!isSupported(input, output)) {
            throw new IllegalArgumentException("The input must be Image or Path and the output Classifications, not "
                    + input.getName() + " and " + output.getName() + ".");
        }
        Path file = model.getModelPath().resolve("model.onnx");
        // this session closes as soon as its properties are read; DJL keeps its own
        try (ImageClassifier classifier = ImageClassifier.open(file, Device.cpu())) {
            @SuppressWarnings("unchecked") // isSupported
            Translator<I, O> translator = (Translator<I, O>) translator(input, classifier);
            return translator;
        } catch (IOException | JZooException e) {
            throw new TranslateException(e.getMessage(), e);
        }
    }

    private static Translator<?, Classifications> translator(Class<?> input, ImageClassifier classifier) {
        if (input == Path.class) {
            return new PictureTranslator<Path>(Picture::read, classifier);
        }
        return new PictureTranslator<Image>(PictureTranslatorFactory::decoded, classifier);
    }

    private static Picture decoded(Image image) {
        if (image.getWrappedImage() instanceof BufferedImage picture) {
            return Picture.of(picture);
        }
        throw new IllegalArgumentException("Expected an image of DJL's BufferedImageFactory, found one that wraps "
                + image.getWrappedImage().getClass().getName() + ".");
    }
}
