package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.PlainText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The models in a jar file from elsewhere. The jar is read as a zip archive and never put on a class path. There, it could make
 * the JVM open other jars from any address, by Class-Path in its manifest or by INDEX.LIST.
 *
 * @param origin a name for the jar, for messages
 */
@Internal
public record ZipModels(Path jar, String origin) implements PackedModels {

    @Override
    public Manifest manifest() throws IOException {
        Location.ZipLocation place = place(Manifest.FILE_NAME);
        try (InputStream in = place.open()) {
            String source = origin + ", " + place.entry();
            return Manifest.parse(source, PlainText.read(source, in, Manifest.LONGEST));
        } catch (NoSuchFileException e) {
            return new Manifest(List.of());
        } catch (ZipException | EOFException e) {
            throw new DataFormatException(origin, "expected a jar: " + e.getMessage());
        }
    }

    @Override
    public boolean has(String path) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry(PACKED + path) != null;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Location.ZipLocation place(String path) {
        return new Location.ZipLocation(jar, origin, PACKED + path);
    }
}
