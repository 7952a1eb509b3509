import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.util.Arrays;
import java.util.List;

/**
 * What EU DSS says with its own policy: java -cp 'JARS/*' Verdicts.java [--offline] ANCHOR.pem DOCUMENT[=CONTENT]...
 * Offline it has nothing but what is in the document and the anchor. A line for every signature: document, format, indication, sub-indication, parted by tabs.
 */
public class Verdicts {
  public static void main(String[] arguments) throws Exception {
    boolean offline = arguments[0].equals("--offline");
    if (offline) arguments = Arrays.copyOfRange(arguments, 1, arguments.length);
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(DSSUtils.loadCertificate(new File(arguments[0])));
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      CommonCertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(trusted);
      if (offline) {
        verifier.setAIASource(null);
      } else {
        verifier.setCrlSource(new OnlineCRLSource());
        verifier.setOcspSource(new OnlineOCSPSource());
      }
      SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(parts[0]));
      validator.setCertificateVerifier(verifier);
      if (parts.length > 1) validator.setDetachedContents(List.<DSSDocument>of(new FileDocument(parts[1])));
      SimpleReport report = validator.validateDocument().getSimpleReport();
      for (String id : report.getSignatureIdList())
        System.out.println(String.join("\t", new File(parts[0]).getName(), String.valueOf(report.getSignatureFormat(id)),
            String.valueOf(report.getIndication(id)), String.valueOf(report.getSubIndication(id))));
    }
  }
}
