package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that an error inside a decoder is one unreadable picture. */
class DecoderErrorsTest {

    @TempDir
    Path folder;

    /** A plug-in that throws for files that begin with a certain word. */
    private static final class ThrowingPlugin extends ImageReaderSpi {

        private final Error error;

        ThrowingPlugin(Error error) {
            this.error = error;
            this.inputTypes = new Class<?>[] {ImageInputStream.class};
        }

        @Override
        public boolean canDecodeInput(Object source) throws IOException {
            ImageInputStream in = (ImageInputStream) source;
            in.mark();
            try {
                return in.read() == '!';
            } finally {
                in.reset();
            }
        }

        @Override
        public ImageReader createReaderInstance(Object extension) {
            return new ImageReader(this) {
                @Override
                public int getNumImages(boolean search) {
                    throw error;
                }

                @Override
                public int getWidth(int index) {
                    throw error;
                }

                @Override
                public int getHeight(int index) {
                    throw error;
                }

                @Override
                public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
                    throw error;
                }

                @Override
                public IIOMetadata getStreamMetadata() {
                    throw error;
                }

                @Override
                public IIOMetadata getImageMetadata(int index) {
                    throw error;
                }

                @Override
                public BufferedImage read(int index, ImageReadParam param) {
                    throw error;
                }

                @Override
                public String getFormatName() {
                    return "odd";
                }
            };
        }

        @Override
        public String getDescription(Locale locale) {
            return "a plug-in";
        }
    }

    static Stream<Error> errors() {
        return Stream.of(
                new OutOfMemoryError("heap"), new StackOverflowError(), new InternalError("odd"), new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorOfADecoderIsAFaultOfItsFile(Error error) throws Exception {
        Path file = Files.writeString(folder.resolve("holiday"), "!");
        IIORegistry registry = IIORegistry.getDefaultInstance();
        ImageReaderSpi plugin = new ThrowingPlugin(error);
        registry.registerServiceProvider(plugin);
        try (ImageClassifier classifier = ImageClassifier.of(Fixtures.model("quadrants.onnx"));
                Stream<Outcome> outcomes = classifier.classify(Stream.of(file))) {
            assertThrows(DataFormatException.class, () -> PictureReader.examine(file));
            Exception failure = assertInstanceOf(
                            Outcome.Unreadable.class, outcomes.toList().get(0))
                    .failure();
            assertTrue(assertInstanceOf(DataFormatException.class, failure)
                    .getMessage()
                    .startsWith(file + ": "));
        } finally {
            registry.deregisterServiceProvider(plugin);
        }
    }
}
