package dev.jzoo.zoo.file;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.Version;
import dev.jzoo.zoo.error.JZooException;
import org.junit.jupiter.api.Test;

class JacksonVersionTest {

    private static Version version(int minor) {
        return new Version(2, minor, 4, null, null, null);
    }

    @Test
    void aVersionThatIsTooOldIsNamedAndALaterOneIsNot() {
        JacksonVersion.require();
        JacksonVersion.require(version(15));
        JacksonVersion.require(version(22));
        String refusal = assertThrows(JZooException.class, () -> JacksonVersion.require(version(13)))
                .getMessage();
        assertTrue(refusal.startsWith("JZoo needs Jackson 2.15 or later; the class path has 2.13.4."), refusal);
    }
}
