package dev.jzoo.datasets.pictures;

import static dev.jzoo.datasets.pictures.PictureFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledPictures;
import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFolderTest {

    @TempDir
    Path home;

    @Test
    void aFolderForEachClassIsADataSet() throws Exception {
        Path pictures = folder("pets", "dog/b.png", "dog/a.JPG", "cat/1.jpeg", "cat/2.bmp", "cat/3.gif");
        PictureFolder read = PictureFolder.read(pictures);
        assertEquals(List.of("cat", "dog"), read.labels());
        assertFalse(read.isSplit());
        assertEquals(
                Map.of(
                        PictureFolder.Subset.WHOLE,
                        items(pictures, "cat/1.jpeg 0", "cat/2.bmp 0", "cat/3.gif 0", "dog/a.JPG 1", "dog/b.png 1")),
                read.parts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "valid", "validation", "VAL"})
    void partsOfTheFolderAreUsedAsTheyAre(String validation) throws Exception {
        Path pictures = folder("pets", "train/dog/a.png", "train/cat/b.png", validation + "/cat/c.png");
        PictureFolder read = PictureFolder.read(pictures);
        assertTrue(read.isSplit());
        PictureFolder.PictureSplit split = read.split(1);
        assertEquals(
                items(pictures, "train/cat/b.png 0", "train/dog/a.png 1"),
                split.train().items());
        assertEquals(
                items(pictures, validation + "/cat/c.png 0"), split.validation().items());
        assertEquals(List.of(), split.test().items());
        assertEquals("pets train", split.train().provenance().name());
        assertEquals(List.of(1, 0), split.validation().counts());
    }

    @Test
    void aTestPartIsUsedAsItIsAndValidationDrawnFromTraining() throws Exception {
        Path pictures = folder("pets", "test/cat/t.png", "test/dog/u.png");
        for (int i = 0; i < 20; i++) {
            write(pictures, "train/cat/" + i + ".png", "cat " + i);
            write(pictures, "train/dog/" + i + ".png", "dog " + i);
        }
        PictureFolder.PictureSplit split = PictureFolder.read(pictures).split(1);
        assertEquals(
                items(pictures, "test/cat/t.png 0", "test/dog/u.png 1"),
                split.test().items());
        assertEquals(List.of(3, 3), split.validation().counts());
        assertEquals(List.of(17, 17), split.train().counts());
    }

    @Test
    void whatUnpackingAnArchiveLeavesIsPassedThrough() throws Exception {
        folder("zip", "pets/inner/train/dog/a.png", "pets/inner/train/cat/b.png", "pets/inner/val/cat/c.png");
        Path zip = folder("zip", "__MACOSX/pets/._a.png", ".DS_Store", "read.me");
        PictureFolder read = PictureFolder.read(zip);
        assertTrue(read.isSplit());
        assertEquals(List.of("cat", "dog"), read.labels());
        assertEquals(List.of(zip.resolve("read.me")), read.others());
    }

    @Test
    void litterIsPassedOverAndOtherFilesAreNamed() throws Exception {
        Path pictures = folder(
                "pets",
                "cat/1.png",
                "cat/Thumbs.db",
                "cat/.DS_Store",
                "cat/._1.png",
                "cat/notes.txt",
                "cat/IMG1",
                "dog/1.png",
                "dog/desktop.ini",
                "labels.csv",
                ".git/x/y.png");
        PictureFolder read = PictureFolder.read(pictures);
        assertEquals(items(pictures, "cat/1.png 0", "dog/1.png 1"), read.parts().get(PictureFolder.Subset.WHOLE));
        assertEquals(
                Set.of(pictures.resolve("labels.csv"), pictures.resolve("cat/IMG1"), pictures.resolve("cat/notes.txt")),
                new HashSet<>(read.others()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dog/2.png", "dog/notes.txt", "pipe"})
    @DisabledOnOs(OS.WINDOWS)
    void aPipeIsRefusedAndNotWaitedFor(String place) throws Exception {
        Path pictures = folder("pets", "cat/1.png", "dog/1.png");
        Path pipe = pictures.resolve(place);
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        JZooException e = assertThrows(JZooException.class, () -> PictureFolder.read(pictures));
        assertEquals(JZooException.Code.BAD_INPUT, e.code());
        assertTrue(e.getMessage().startsWith(pipe + " is neither a file nor a folder"), e.getMessage());
    }

    @Test
    void fifteenPercentOfEachClassAreForValidationAndForTest() throws Exception {
        Path pictures = pets(100, 20);
        PictureFolder.PictureSplit split = PictureFolder.read(pictures).split(7);
        assertEquals(List.of(15, 3), split.validation().counts());
        assertEquals(List.of(15, 3), split.test().counts());
        assertEquals(List.of(70, 14), split.train().counts());
        Set<Path> files = new HashSet<>();
        for (LabelledPictures part : List.of(split.train(), split.validation(), split.test())) {
            part.items().forEach(item -> assertTrue(files.add(item.file()), item + " is in two parts"));
            assertEquals(
                    part.items(),
                    part.items().stream()
                            .sorted(PictureFolderTest::byLabelThenName)
                            .toList());
        }
        assertEquals(120, files.size());
    }

    @Test
    void anotherSeedDrawsOtherPicturesAndTheSameSeedTheSame() throws Exception {
        PictureFolder pictures = PictureFolder.read(pets(40, 40));
        assertEquals(pictures.split(3), pictures.split(3));
        assertFalse(
                pictures.split(3).test().items().equals(pictures.split(4).test().items()));
        assertFalse(pictures.split(3)
                .test()
                .provenance()
                .sha256()
                .equals(pictures.split(4).test().provenance().sha256()));
    }

    /** Names reveal a camera's order, and with it place and day. A split must not follow them. */
    @Test
    void aPictureStaysInItsPartWhenItIsGivenAnotherName() throws Exception {
        Path pictures = pets(40, 40);
        Set<String> before = contents(PictureFolder.read(pictures).split(3).validation());
        Files.move(pictures.resolve("cat/0.png"), pictures.resolve("cat/zz.png"));
        Files.move(pictures.resolve("dog/39.png"), pictures.resolve("dog/00.png"));
        assertEquals(before, contents(PictureFolder.read(pictures).split(3).validation()));
    }

    @Test
    void copiesOfAPictureAreDrawnTogether() throws Exception {
        Path pictures = folder("pets");
        for (int i = 0; i < 60; i++) {
            write(pictures, "cat/" + i + ".png", "cat " + i / 3);
            write(pictures, "dog/" + i + ".png", "dog " + i / 2);
        }
        for (long seed = 0; seed < 20; seed++) {
            PictureFolder.PictureSplit split = PictureFolder.read(pictures).split(seed);
            Set<String> train = contents(split.train());
            Set<String> validation = contents(split.validation());
            Set<String> test = contents(split.test());
            assertEquals(50, train.size() + validation.size() + test.size(), "seed " + seed);
            assertTrue(validation.size() >= 6 && test.size() >= 6, "seed " + seed);
        }
    }

    @Test
    void aTinyClassHasPicturesForTrainingFirst() throws Exception {
        Path pictures = pets(1, 2);
        write(pictures, "emu/1.png", "emu 1");
        write(pictures, "emu/2.png", "emu 2");
        write(pictures, "emu/3.png", "emu 3");
        write(pictures, "fox/1.png", "the same");
        write(pictures, "fox/2.png", "the same");
        PictureFolder.PictureSplit split = PictureFolder.read(pictures).split(1);
        assertEquals(List.of(1, 1, 1, 2), split.train().counts());
        assertEquals(List.of(0, 1, 1, 0), split.validation().counts());
        assertEquals(List.of(0, 0, 1, 0), split.test().counts());
    }

    @Test
    void theDigestIsThatOfWhatSha256sumPrints() throws Exception {
        Path pictures = folder("pets", "train/dog/a.png");
        write(pictures, "train/cat/c d.png", "c\n");
        write(pictures, "val/cat/c d.png", "c\n");
        LabelledPictures validation = PictureFolder.read(pictures).split(1).validation();
        // printf 'c\n' > 'cat/c d.png'; sha256sum 'cat/c d.png' | sha256sum
        assertEquals(
                "31e62bb7c17b567f9de823e97a9187f90925bccb27e76aa1534a206258286665",
                validation.provenance().sha256().hex());
    }

    @Test
    void theDigestKnowsLabelsNamesAndContentsButNotThePlace() throws Exception {
        String here = digest(folder("one/pets", "cat/1.png", "dog/2.png"));
        assertEquals(
                here,
                digest(folder("elsewhere/animals/x", "cat/1.png", "dog/2.png").getParent()));
        assertFalse(here.equals(digest(folder("two/pets", "cats/1.png", "dog/2.png"))));
        assertFalse(here.equals(digest(folder("three/pets", "cat/3.png", "dog/2.png"))));
        Path changed = folder("four/pets", "cat/1.png", "dog/2.png");
        write(changed, "cat/1.png", "something else");
        assertFalse(here.equals(digest(changed)));
    }

    @Test
    void someCanBeLeftOut() throws Exception {
        Path pictures = folder("pets", "cat/1.png", "cat/2.png", "dog/1.png");
        PictureFolder left = PictureFolder.read(pictures).without(List.of(pictures.resolve("cat/1.png")));
        assertEquals(items(pictures, "cat/2.png 0", "dog/1.png 1"), left.parts().get(PictureFolder.Subset.WHOLE));
        refused(
                pictures + " has no pictures to train on in dog. Add some, or delete the folder.",
                () -> left.without(List.of(pictures.resolve("dog/1.png"))));
    }

    @Test
    void aLinkWithinTheFolderIsFollowed() throws Exception {
        Path pictures = folder("pets", "cat/1.png", "dog/1.png");
        Files.createSymbolicLink(pictures.resolve("cat/2.png"), Path.of("1.png"));
        Files.createSymbolicLink(pictures.resolve("hound"), Path.of("dog"));
        assertEquals(
                items(pictures, "cat/1.png 0", "cat/2.png 0", "dog/1.png 1", "hound/1.png 2"),
                PictureFolder.read(pictures).parts().get(PictureFolder.Subset.WHOLE));
        Path link = Files.createSymbolicLink(home.resolve("link"), pictures);
        assertEquals(3, PictureFolder.read(link).labels().size());
    }

    @Test
    void aLinkThatLeadsOutOrNowhereIsRefused() throws Exception {
        Path outside = folder("outside", "secret.png");
        Path pictures = folder("pets", "cat/1.png", "dog/1.png");
        Path link = Files.createSymbolicLink(pictures.resolve("cat/2.png"), outside.resolve("secret.png"));
        refused(
                link + " is a link out of the folder, to "
                        + outside.resolve("secret.png").toRealPath() + ".",
                () -> PictureFolder.read(pictures));
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("none.png"));
        refused(link + " is a link to a missing file.", () -> PictureFolder.read(pictures));
    }

    @Test
    void aLinkToTheFolderItselfEndsSomewhere() throws Exception {
        Path pictures = folder("pets");
        Files.createSymbolicLink(pictures.resolve("again"), pictures);
        assertEquals(
                JZooException.Code.BAD_INPUT,
                assertThrows(JZooException.class, () -> PictureFolder.read(pictures))
                        .code());
    }

    @Test
    void whatIsNoFolderOfClassesIsRefusedWithWhatWasExpected() throws Exception {
        Path one = folder("one", "cat/1.png");
        refused(one + " has only one class, cat; at least two are needed.", () -> PictureFolder.read(one));

        Path loose = folder("loose", "1.png", "cat/1.png");
        refused(
                loose + " has pictures next to its folders, such as 1.png, and their class is unknown.",
                () -> PictureFolder.read(loose));

        Path flat = folder("flat", "train/1.png", "train/cat/1.png", "val/cat/2.png");
        refused(
                flat.resolve("train") + " has pictures next to its classes, such as 1.png, and their class is unknown.",
                () -> PictureFolder.read(flat));

        Path nothing = folder("nothing", "read.me");
        refused(nothing + " has no folders with pictures.", () -> PictureFolder.read(nothing));

        Path texts = folder("texts", "cat/1.txt", "dog/1.txt");
        refused(texts + " has no pictures (JPEG, PNG, GIF, BMP or TIFF) to train on.", () -> PictureFolder.read(texts));

        Path deep = folder("deep", "cat/siam/1.png", "dog/1.png");
        refused(
                "The class " + deep.resolve("cat") + " has a folder in it, siam, but only pictures were expected.",
                () -> PictureFolder.read(deep));

        Path unknown = folder("unknown", "train/cat/1.png", "train/dog/1.png", "val/Cat/1.png", "val/emu/1.png");
        refused(
                unknown + " has classes for validation that training does not have: Cat, emu."
                        + " The classes for training are cat, dog.",
                () -> PictureFolder.read(unknown));

        Path twice = folder("twice", "train/cat/1.png", "val/cat/1.png", "valid/cat/1.png");
        refused(twice + " has two folders for validation: train, val, valid.", () -> PictureFolder.read(twice));

        Path untrained = folder("untrained", "val/cat/1.png", "test/cat/1.png");
        refused(untrained + " has test, val, but no folder 'train'.", () -> PictureFolder.read(untrained));

        Path mixed = folder("mixed", "train/cat/1.png", "val/cat/1.png", "dog/1.png");
        refused(
                mixed
                        + " has parts (train, val) and next to them the folder dog, which is not a part, or has no"
                        + " classes in it.",
                () -> PictureFolder.read(mixed));
    }

    @Test
    void aClassWithoutPicturesIsRefusedNamingAll() throws Exception {
        Path pictures = folder("pets", "cat/1.png", "dog/notes.txt");
        Files.createDirectories(pictures.resolve("emu"));
        refused(
                pictures + " has no pictures to train on in dog, emu. Add some, or delete the folder.",
                () -> PictureFolder.read(pictures));
    }

    @Test
    void classesThatDifferOnlyInCaseAreRefusedWithAdvice() throws Exception {
        Path pictures = folder("pets", "Cat/1.png", "dog/1.png");
        Files.createDirectories(pictures.resolve("cat"));
        if (Files.isSameFile(pictures.resolve("cat"), pictures.resolve("Cat"))) {
            return; // this file system ignores case
        }
        JZooException refusal = refused(
                pictures + " has the classes 'Cat' and 'cat', which differ only in case.",
                () -> PictureFolder.read(pictures));
        assertEquals("Put their pictures into one folder, or rename one of them.", refusal.hint());
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        Path none = home.resolve("none");
        assertEquals(
                JZooException.Code.NOT_FOUND,
                assertThrows(JZooException.class, () -> PictureFolder.read(none))
                        .code());
        Path zip = Files.writeString(home.resolve("pets.zip"), "PK");
        assertEquals(
                zip + ": expected a folder of pictures, found a file; unpack an archive first",
                assertThrows(DataFormatException.class, () -> PictureFolder.read(zip))
                        .getMessage());
    }

    private static JZooException refused(String message, Executable reading) {
        JZooException refusal = assertThrows(JZooException.class, reading);
        assertEquals(message, refusal.summary());
        assertEquals(7, refusal.code().exitCode());
        assertFalse(refusal.hint().isEmpty());
        return refusal;
    }

    private Path pets(int cats, int dogs) throws IOException {
        Path pictures = folder("pets");
        for (int i = 0; i < cats; i++) {
            write(pictures, "cat/" + i + ".png", "cat " + i);
        }
        for (int i = 0; i < dogs; i++) {
            write(pictures, "dog/" + i + ".png", "dog " + i);
        }
        return pictures;
    }

    private Path folder(String name, String... files) throws IOException {
        return PictureFiles.folder(home, name, files);
    }

    /** Returns items described as "cat/1.png 0". */
    private static List<Item> items(Path folder, String... files) {
        return Arrays.stream(files)
                .map(file -> file.split(" "))
                .map(file -> new Item(folder.resolve(file[0]), Integer.parseInt(file[1])))
                .toList();
    }

    private static int byLabelThenName(Item one, Item other) {
        return one.label() != other.label()
                ? one.label() - other.label()
                : one.file()
                        .getFileName()
                        .toString()
                        .compareTo(other.file().getFileName().toString());
    }

    private static Set<String> contents(LabelledPictures part) throws IOException {
        Set<String> contents = new HashSet<>();
        for (Item item : part.items()) {
            contents.add(Files.readString(item.file()));
        }
        return contents;
    }

    private static String digest(Path pictures) throws IOException {
        PictureFolder.PictureSplit split = PictureFolder.read(pictures).split(1);
        return split.train().provenance().sha256().hex();
    }
}
