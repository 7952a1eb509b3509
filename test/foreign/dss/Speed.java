import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many documents a second EU DSS validates offline, with its own policy, once it is warm:
 * java -cp 'JARS/*' Speed.java ANCHOR.pem LIST SECONDS ROUNDS. A line of the list: format TAB document [TAB content].
 * A line for each format: format, documents a second, in the best round; parted by tabs.
 */
public class Speed {
  private static final CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();

  public static void main(String[] arguments) throws Exception {
    trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
    List<String[]> all = Files.readAllLines(Path.of(arguments[1])).stream().map(line -> line.split("\t")).toList();
    double seconds = Double.parseDouble(arguments[2]);
    int rounds = Integer.parseInt(arguments[3]);
    for (String format : all.stream().map(parts -> parts[0]).distinct().toList()) {
      List<String[]> own = all.stream().filter(parts -> parts[0].equals(format)).toList();
      double best = 0;
      for (int round = 0; round < rounds; round++) best = Math.max(best, rate(own, seconds));
      System.out.println(format + "\t" + best);
    }
  }

  private static double rate(List<String[]> own, double seconds) {
    long start = System.nanoTime();
    int count = 0;
    while (System.nanoTime() - start < seconds * 1e9)
      for (String[] parts : own) {
        validate(parts);
        count++;
      }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static void validate(String[] parts) {
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(parts[1]));
    validator.setCertificateVerifier(verifier);
    if (parts.length > 2) validator.setDetachedContents(List.<DSSDocument>of(new FileDocument(parts[2])));
    validator.validateDocument().getSimpleReport();
  }
}
