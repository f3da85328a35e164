package dev.berth.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * CloudFormation's answer to DescribeStacks.
 *
 * @param outputs of the stack, by their keys
 * @param code what went wrong, in a word; empty where nothing did
 * @param message the same as a sentence
 */
record StackDescription(Map<String, String> outputs, String code, String message) {
    private static final int MOST_BYTES = 4 << 20;

    /** @throws IOException also if it is no such answer */
    static StackDescription read(InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MOST_BYTES);
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
            return new StackDescription(
                    outputs(document),
                    text(document.getDocumentElement(), "Code"),
                    text(document.getDocumentElement(), "Message"));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("the answer is no XML", e);
        }
    }

    private static Map<String, String> outputs(Document document) {
        Map<String, String> outputs = new TreeMap<>();
        NodeList keys = document.getElementsByTagName("OutputKey");
        for (int i = 0; i < keys.getLength(); i++) {
            if (keys.item(i).getParentNode() instanceof Element output) {
                outputs.put(keys.item(i).getTextContent(), text(output, "OutputValue"));
            }
        }
        return outputs;
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
