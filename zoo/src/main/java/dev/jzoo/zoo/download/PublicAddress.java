package dev.jzoo.zoo.download;

import java.net.URI;
import java.net.URISyntaxException;

/** An address as it may be printed and stored: without user, password and query, in which keys and signatures travel. */
public final class PublicAddress {

    private static final String QUERY = "?...";
    private static final String DIGEST = "#sha256=";

    private PublicAddress() {}

    /** Writes an address. */
    public static String of(URI address) {
        return of(address.toString());
    }

    /**
     * Writes a text that may be an address; other texts stay as they are. What has the beginning of an address and cannot be read as one
     * loses everything before its last '@', since nobody knows where its password ends.
     */
    public static String of(String text) {
        int host = text.indexOf("://") + 3;
        if (host < 3 || !text.substring(0, host - 3).matches("\\s*[A-Za-z][A-Za-z0-9+.-]*")) {
            return text;
        }
        int hash = text.indexOf('#');
        if (hash >= 0 && text.indexOf('@', hash) >= 0) { // a password has a '#'
            return of(text.substring(0, host) + text.substring(text.lastIndexOf('@') + 1));
        }
        String address = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash);
        address = address.substring(0, host) + address.substring(hostAt(address, host));
        int query = address.indexOf('?');
        return (query < 0 ? address : address.substring(0, query) + QUERY)
                + (fragment.startsWith(DIGEST) ? fragment : "");
    }

    /** Where the host begins. */
    private static int hostAt(String address, int from) {
        try {
            URI uri = new URI(address.strip());
            if (uri.getHost() != null) {
                return from
                        + (uri.getRawUserInfo() == null
                                ? 0
                                : uri.getRawUserInfo().length() + 1);
            }
        } catch (URISyntaxException e) {
            // its password is cut off without the help of a parser
        }
        return Math.max(from, address.lastIndexOf('@') + 1);
    }
}
