package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.ContentDecoder;
import dev.jzoo.zoo.download.ContentMismatchException;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.PartialDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a file into the home from the first place that gives the right bytes. */
final class Fetcher {

    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final CacheDirectory home;
    private final HttpDownloader web;
    private final boolean offline;

    Fetcher(CacheDirectory home, HttpDownloader web, boolean offline) {
        this.home = home;
        this.web = web;
        this.offline = offline;
    }

    HttpDownloader web() {
        return web;
    }

    /**
     * The file in the home, which is fetched unless it is there and intact.
     *
     * @param path where it belongs in the home
     * @param places where it may come from, in the order to try
     * @throws JZooException INTEGRITY where a place gave other bytes and none the right ones, NETWORK where none gave any,
     *     FAILED where the home cannot be written
     */
    Path fetch(Resource resource, String path, List<Location> places, ProgressListener listener) throws IOException {
        Optional<Path> there = home.intact(path, resource);
        if (there.isPresent()) {
            return there.get();
        }
        return home.locked(path, () -> {
            Optional<Path> meanwhile = home.intact(path, resource);
            return meanwhile.isPresent()
                    ? meanwhile.get()
                    : obtain(resource.path(), path, places, (place, part) -> receive(resource, place, part, listener));
        });
    }

    /** As {@link #fetch(Resource, String, List, ProgressListener)}, of a file as it is, which lies under one path in mirrors and home. */
    Path fetch(Manifest.FileDigest file, List<Location> places, ProgressListener listener) throws IOException {
        Resource resource = new Resource(file.path(), List.of(), Encoding.IDENTITY, file.bytes(), file.sha256());
        return fetch(resource, file.path(), places, listener);
    }

    /**
     * Brings a file into the home whose size and digest are not known, and tells what it has.
     *
     * @param path where it belongs in the home, and what messages call it
     * @param check what is asked of it
     * @throws JZooException as {@link #fetch}
     */
    Manifest.FileDigest pin(String path, FileCheck check, List<Location> places, ProgressListener listener)
            throws IOException {
        return home.locked(path, () -> {
            Path file = obtain(path, path, places, (place, part) -> receive(path, check, place, part, listener));
            return new Manifest.FileDigest(path, Files.size(file), home.digestOf(path));
        });
    }

    /** A file with checked content, ready to be moved to where it belongs. */
    private record Received(Path content, Sha256 sha256) {}

    /** Takes what a place gives. */
    private interface Receiver {
        Received from(Location place, PartialDownload part) throws IOException;
    }

    private Path obtain(String name, String path, List<Location> places, Receiver receiver) throws IOException {
        List<IOException> causes = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        if (Files.exists(home.file(path))) {
            LOG.warn("{} is not what was wanted and is fetched again", home.file(path));
        }
        PartialDownload part = home.part(path);
        for (Location place : places) {
            if (offline && place instanceof Location.WebLocation) {
                tried.add(place + ": not asked while offline");
                continue;
            }
            try {
                Received received = received(place, part, receiver);
                return home.keep(received.content(), path, received.sha256());
            } catch (InterruptedIOException e) {
                throw e;
            } catch (ContentMismatchException e) {
                home.quarantine(part, path);
                causes.add(e);
                tried.add(place + ": " + e.getMessage());
            } catch (JZooException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted(name, e); // an interrupt closes the file that is being written
                }
                part.delete(); // the disk is full: make room
                throw e;
            } catch (IOException e) {
                causes.add(e);
                tried.add(place + ": " + IoErrors.of(e));
            } finally {
                home.disk().delete(part.content());
            }
        }
        throw failure(name, tried, causes);
    }

    /**
     * What a place gives; once more from the first byte on where it was resumed and is not what was wanted, since the part on the
     * disk may be what is damaged: it is not forced there, so a power cut can take bytes of it.
     */
    private static Received received(Location place, PartialDownload part, Receiver receiver) throws IOException {
        boolean resumed = place instanceof Location.WebLocation web
                && part.resume(web.uri()).possible();
        try {
            return receiver.from(place, part);
        } catch (ContentMismatchException e) {
            if (!resumed) {
                throw e;
            }
            LOG.warn("{}, resumed, is not what was wanted and is fetched from its first byte", place);
            part.delete();
            return receiver.from(place, part);
        }
    }

    private Received receive(Resource resource, Location place, PartialDownload part, ProgressListener listener)
            throws IOException {
        if (place instanceof Location.LocalLocation local) {
            try (InputStream in = local.open();
                    OutputStream out = part.beginContent()) {
                ContentDecoder.copy(in, resource, out, n -> listener.progress(resource.path(), n, resource.bytes()));
            }
            return new Received(part.content(), resource.sha256());
        }
        long longest = resource.encoding().longest(resource.bytes());
        Sha256 found = download((Location.WebLocation) place, part, longest, resource.path(), listener);
        if (resource.encoding() == Encoding.IDENTITY) {
            ContentDecoder.require(resource, part.bytes(), found);
            arrived(part, resource.path(), listener);
            return new Received(part.bytes(), found);
        }
        try (InputStream in = Files.newInputStream(part.bytes());
                OutputStream out = part.beginContent()) {
            ContentDecoder.copy(in, resource, out, n -> {});
        }
        arrived(part, resource.path(), listener);
        home.disk().delete(part.bytes());
        return new Received(part.content(), resource.sha256());
    }

    private Received receive(
            String path, FileCheck check, Location place, PartialDownload part, ProgressListener listener)
            throws IOException {
        if (place instanceof Location.LocalLocation local) {
            try (InputStream in = local.open();
                    OutputStream out = part.beginContent()) {
                in.transferTo(out);
            }
            Sha256 found = Sha256.of(part.content());
            check.require(part.content(), found);
            return new Received(part.content(), found);
        }
        Sha256 found = download((Location.WebLocation) place, part, Long.MAX_VALUE, path, listener);
        check.require(part.bytes(), found);
        arrived(part, path, listener);
        return new Received(part.bytes(), found);
    }

    private Sha256 download(
            Location.WebLocation place, PartialDownload part, long longest, String name, ProgressListener listener)
            throws IOException {
        try {
            return web.download(place, part, longest, (done, total) -> listener.progress(name, done, total));
        } catch (ContentMismatchException e) {
            throw new ContentMismatchException(e.getMessage() + FileKind.advice(FileKind.head(part.bytes())));
        }
    }

    /** What was downloaded is right: tells so, and forgets what was needed to resume it. */
    private void arrived(PartialDownload part, String name, ProgressListener listener) throws IOException {
        long bytes = Files.size(part.bytes());
        listener.progress(name, bytes, bytes);
        home.disk().delete(part.state());
    }

    private static InterruptedIOException interrupted(String name, JZooException cause) {
        InterruptedIOException interrupted = new InterruptedIOException("Interrupted while fetching " + name);
        interrupted.initCause(cause);
        return interrupted;
    }

    private JZooException failure(String name, List<String> tried, List<IOException> causes) {
        boolean spoiled = causes.stream().anyMatch(ContentMismatchException.class::isInstance);
        String places = tried.isEmpty()
                ? "no mirror is set, and it has no other address."
                : "\n  " + String.join("\n  ", tried);
        String elsewhere = "name a folder or URL that has '" + name + "' in " + Settings.MIRROR + ".";
        String hint = spoiled
                ? "Nothing was kept but for you to look at, in " + home.quarantine()
                        + ". Mend the file at that place, or " + elsewhere
                : offline
                        ? "Unset " + Settings.OFFLINE + ", or " + elsewhere
                        : "Check the connection and the proxy, or " + elsewhere;
        JZooException failure = new JZooException(
                spoiled ? JZooException.Code.INTEGRITY : JZooException.Code.NETWORK,
                name + " was not obtained: " + places,
                hint);
        causes.forEach(failure::addSuppressed);
        return failure;
    }
}
