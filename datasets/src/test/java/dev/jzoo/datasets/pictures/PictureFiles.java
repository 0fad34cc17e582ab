package dev.jzoo.datasets.pictures;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of files that have picture names and any content. */
final class PictureFiles {

    private PictureFiles() {}

    /** Creates a folder of files, each with its own name as content. */
    static Path folder(Path home, String name, String... files) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        for (String file : files) {
            write(folder, file, file);
        }
        return folder;
    }

    static void write(Path folder, String file, String content) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), content, StandardCharsets.UTF_8);
    }
}
