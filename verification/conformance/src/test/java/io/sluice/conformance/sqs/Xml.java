package io.sluice.conformance.sqs;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.xml.sax.InputSource;

/// An answer as an XML library reads it.
final class Xml {
    private Xml() {}

    /// The text of the first element of that name.
    static String text(String document, String element) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(document)))
                    .getElementsByTagName(element)
                    .item(0)
                    .getTextContent();
        } catch (Exception unreadable) {
            throw new AssertionError("no XML: " + document, unreadable);
        }
    }
}
