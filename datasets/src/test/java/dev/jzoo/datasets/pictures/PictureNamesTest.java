package dev.jzoo.datasets.pictures;

import static dev.jzoo.datasets.pictures.PictureFiles.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledPictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of classes and pictures in any locale. */
class PictureNamesTest {

    @TempDir
    Path home;

    /** Turkish has four letters where English has i and I, and Lithuanian keeps a dot. */
    @Test
    void theLanguageChangesNothing() throws Exception {
        Path pictures = folder("pets", "IBIS/TITI.JPG", "ibex/i.jpeg", "train/i.png", "zebra/I.GIF");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.ROOT);
            PictureFolder.PictureSplit expected = PictureFolder.read(pictures).split(5);
            assertEquals(
                    List.of("IBIS", "ibex", "train", "zebra"), expected.train().labels());
            for (String tag : new String[] {"tr-TR", "sv-SE", "lt-LT"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(expected, PictureFolder.read(pictures).split(5), tag);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    /** Creates a folder with names beyond ASCII, or prints the names that it reads there, in ASCII. */
    static final class Names {
        public static void main(String[] args) throws IOException {
            Path pictures = Path.of(args[0]);
            if (args.length > 1) {
                // the last one as macOS writes it: a letter, then its accent
                for (String file :
                        List.of("\u00e4ffchen/1.png", "\u732b/+%20\u00fc.png", "dog/1.png", "e\u0301mu/2.png")) {
                    write(pictures, file, file);
                }
            }
            PictureFolder read = PictureFolder.read(pictures);
            LabelledPictures train = read.split(1).train();
            train.labels().forEach(label -> System.out.println(hex(label)));
            train.items().forEach(item -> System.out.println(hex(read.name(item.file()))));
            System.out.println(train.size() + " " + train.provenance().sha256());
        }

        private static String hex(String text) {
            return text.chars().mapToObj(Integer::toHexString).collect(Collectors.joining(" "));
        }
    }

    /** The JDK replaces characters of names that the locale lacks by question marks. A child process can have another locale. */
    @Test
    void namesAreTheSameInALocaleThatLacksThem() throws Exception {
        List<String> expected = names("C.UTF-8", home.resolve("names").toString(), "write");
        assertEquals(
                List.of("64 6f 67", "e4 66 66 63 68 65 6e", "e9 6d 75", "732b"),
                expected.subList(0, 4),
                expected.toString());
        assertEquals("e4 66 66 63 68 65 6e 2f 31 2e 70 6e 67", expected.get(5), expected.toString());
        assertTrue(expected.get(8).startsWith("4 "), expected.toString());
        assertEquals(expected, names("C", home.resolve("names").toString()));
        assertEquals(expected, names("C.UTF-8", "names"));
        assertEquals(expected, names("C.UTF-8", "./names/."));
    }

    /** The path of the working folder as seen from inside it. */
    @Test
    void theWorkingFolderIsAFolderToo() throws Exception {
        List<String> expected = names("C.UTF-8", "names", "write");
        home = home.resolve("names");
        assertEquals(expected, names("C.UTF-8", "."));
        assertEquals(expected, names("C.UTF-8", ""));
    }

    private List<String> names(String locale, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Names.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        process.environment().put("LC_ALL", locale);
        return new String(process.start().getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .lines()
                .toList();
    }

    private Path folder(String name, String... files) throws IOException {
        return PictureFiles.folder(home, name, files);
    }
}
