package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.Corpus;
import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.Series;
import dev.jzoo.datasets.Shuffler;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.datasets.preparation.CharacterVocabulary;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This module's statements about the real data, checked with the files of the mirror in JZOO_MIRROR. */
@Tag("acceptance")
class RealDataTest {

    @TempDir
    static Path home;

    private static Store store;

    @BeforeAll
    static void openAnEmptyStore() {
        store = Store.open(new Settings(home, Settings.standard().mirrors(), true));
    }

    /** The expected values are the MD5 sums published with the original files. */
    @Test
    void theFilesOfMnistAreTheOriginals() throws Exception {
        List<Path> files = DataSets.get("mnist").get(store, ProgressListener.NONE);
        assertEquals(
                List.of(
                        "6bbc9ace898e44ae57da46a324031adb",
                        "a25bea736e30d166cdddb491f175f624",
                        "2646ac647ad5339dbf082846283269ea",
                        "27ae3e4e09519cfbb04c329615203637"),
                List.of(md5(files.get(0)), md5(files.get(1)), md5(files.get(2)), md5(files.get(3))));
    }

    private static String md5(Path file) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)));
    }

    @Test
    void mnistHasItsKnownCountsAndBrightness() throws IOException {
        LabelledImages train = Mnist.train(store, ProgressListener.NONE);
        LabelledImages test = Mnist.test(store, ProgressListener.NONE);
        assertEquals("mnist train: uint8 [60000, 28, 28, 1], 10 labels", train.toString());
        assertEquals("mnist test: uint8 [10000, 28, 28, 1], 10 labels", test.toString());
        assertArrayEquals(
                new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}, countsOfLabels(train));
        assertArrayEquals(new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, countsOfLabels(test));
        assertEquals(0.1307, meanBrightness(train), .00005);
    }

    private static int[] countsOfLabels(LabelledImages images) {
        int[] counts = new int[10];
        for (int label : images.labels()) {
            counts[label]++;
        }
        return counts;
    }

    private static double meanBrightness(LabelledImages images) {
        byte[] pixels = new byte[images.pixels().remaining()];
        images.pixels().get(pixels);
        long sum = 0;
        for (byte pixel : pixels) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return sum / 255.0 / pixels.length;
    }

    @Test
    void checkingMnistReportsBothParts() throws IOException {
        List<DataSet.DataSetPart> parts = DataSets.get("mnist").check(store, ProgressListener.NONE);
        assertEquals("mnist train", parts.get(0).provenance().name());
        assertEquals(
                "c5097fdd51cfdbe7695fd9df3612695696864b5c424f58d843ffdc5d335e9914",
                parts.get(0).provenance().sha256().hex());
        assertEquals("mnist test", parts.get(1).provenance().name());
        assertEquals("uint8 [10000, 28, 28, 1], 10 labels", parts.get(1).content());
    }

    /** The pictures of the README and quickstart, classified by a model of real handwriting. */
    @Test
    void aModelOfRealHandwritingRecognisesThePicturesOfTheRepository() throws IOException {
        LabelledImages train = Mnist.train(store, ProgressListener.NONE);
        SoftmaxRegression model = new SoftmaxRegression();
        for (int epoch = 0; epoch < 4; epoch++) {
            model.train(train, Shuffler.permutation(train.size(), 1, epoch));
        }
        double accuracy = model.accuracy(Mnist.test(store, ProgressListener.NONE));
        assertTrue(accuracy > .91, "accuracy " + accuracy);
        for (int digit = 0; digit < 10; digit++) {
            Path file = PicturesTest.FOLDER.resolve(PicturesTest.NAMES.get(digit) + ".png");
            assertEquals(digit, model.classify(PicturesTest.shrink(PicturesTest.read(file))), file.toString());
        }
    }

    @Test
    void theAirlineValuesAreThoseOfTheFile() throws IOException {
        Resource csv = new Resource(
                "airline/airline-passengers.csv",
                List.of(),
                Encoding.IDENTITY,
                2_182,
                Airline.provenance().sha256());
        List<String> lines = Files.readAllLines(store.fetch(csv, ProgressListener.NONE));
        Series airline = Airline.series();
        assertEquals(airline.size() + 1, lines.size());
        for (int i = 0; i < airline.size(); i++) {
            String[] cells = lines.get(i + 1).split(",");
            assertEquals('"' + airline.month(i).toString() + '"', cells[0]);
            assertEquals(Double.parseDouble(cells[1]), airline.values()[i], cells[0]);
        }
    }

    @Test
    void tinyShakespeareIsSplitAtNineTenthsAndHasOneVocabulary() throws IOException {
        Corpus train = TinyShakespeare.train(store, ProgressListener.NONE);
        Corpus test = TinyShakespeare.test(store, ProgressListener.NONE);
        assertEquals("shakespeare train: 1003854 characters", train.toString());
        assertEquals("shakespeare test: 111540 characters", test.toString());
        assertTrue(train.text().startsWith("First Citizen:\nBefore we proceed any further, hear me speak."));
        assertEquals(
                "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
                Sha256.of((train.text() + test.text()).getBytes(StandardCharsets.US_ASCII))
                        .hex());
        CharacterVocabulary vocabulary = TinyShakespeare.vocabulary(store, ProgressListener.NONE);
        assertEquals("\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", vocabulary.characters());
        assertEquals(test.text(), vocabulary.decode(vocabulary.encode(test.text())));
    }

    /** The sums come from awk, independently of this reader. */
    @Test
    void theAdmissionsHaveTheirKnownColumnsAndRange() throws IOException {
        NumericTable admissions = Admissions.table(store, ProgressListener.NONE);
        assertEquals("admissions all: 400 rows of 8 columns", admissions.toString());
        double[] chances = admissions.column(Admissions.TARGET);
        assertEquals(.34, Arrays.stream(chances).min().getAsDouble());
        assertEquals(.97, Arrays.stream(chances).max().getAsDouble());
        assertEquals(289.74, Arrays.stream(chances).sum(), 1e-9);
        assertEquals(126723, Arrays.stream(admissions.column("GRE Score")).sum());
    }

    @Test
    void theSignalsOfMnist1dAreThePublishedOnes() throws IOException {
        Resource csv = new Resource(
                "mnist1d/mnist1d.csv.gz",
                List.of(),
                Encoding.GZIP,
                1937677,
                new Sha256("ddfe6df9d4d8235094d144fd3dc97ceaccf71c02e003dcd38a44bb79b5d0e3fb"));
        List<String> lines = Files.readAllLines(store.fetch(csv, ProgressListener.NONE));
        assertEquals(5_001, lines.size());
        LabelledSignals train = Mnist1d.train();
        LabelledSignals test = Mnist1d.test();
        for (int i = 0; i < 5_000; i++) {
            LabelledSignals signals = i < 4_000 ? train : test;
            int index = i < 4_000 ? i : i - 4_000;
            String[] cells = lines.get(i + 1).split(",");
            assertEquals(i < 4_000 ? "train" : "test", cells[0]);
            assertEquals(Integer.parseInt(cells[1]), signals.label(index));
            double[] published = Arrays.stream(cells)
                    .skip(2)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            // the file has six decimals
            assertArrayEquals(published, signals.signal(index), 5.000001e-7, lines.get(i + 1));
        }
    }

    /** The digest is what {@code sha256sum * / * | sha256sum} (without the blanks) prints in the folder train. */
    @Test
    void hymenopteraIsAFolderWithTwoParts() throws IOException {
        PictureFolder folder = Hymenoptera.pictures(store, ProgressListener.NONE);
        PictureFolder.PictureSplit split = folder.split(1);
        assertEquals(List.of("ants", "bees"), folder.labels());
        assertEquals(List.of(123, 121), split.train().counts());
        assertEquals(List.of(70, 83), split.validation().counts());
        assertEquals(0, split.test().size());
        assertEquals("hymenoptera train", split.train().provenance().name());
        assertEquals(
                "77768229ef2f8f3b6e6bedac47312b242c344c4a3bdc1b385236fef82d444631",
                split.train().provenance().sha256().hex());
        Path unpacked =
                DataSets.get("hymenoptera").get(store, ProgressListener.NONE).get(0);
        assertEquals(home.resolve("unpacked/hymenoptera/hymenoptera_data"), unpacked);
        assertEquals(folder.parts(), PictureFolder.read(unpacked).parts());
        assertEquals(
                List.of("244 pictures, 2 labels", "153 pictures, 2 labels"),
                DataSets.get("hymenoptera").check(store, ProgressListener.NONE).stream()
                        .map(DataSet.DataSetPart::content)
                        .toList());
    }
}
