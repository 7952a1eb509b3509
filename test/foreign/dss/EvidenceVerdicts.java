import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What EU DSS says of evidence records, offline and with its own policy:
 * java -cp 'JARS/*' EvidenceVerdicts.java ANCHOR.pem|DIR MILLISECONDS DOCUMENT[=CONTENT]...
 * With -Dsignatures=true the signatures' verdicts come first, as DOCUMENT#signature. The time is the validation time.
 * A line for every record: document, indication, sub-indication, then the errors; parted by tabs.
 */
public class EvidenceVerdicts {
  public static void main(String[] arguments) throws Exception {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    File anchor = new File(arguments[0]);
    File[] anchors = anchor.isDirectory() ? anchor.listFiles() : new File[] {anchor};
    for (File one : anchors) trusted.addCertificate(DSSUtils.loadCertificate(one));
    for (String argument : List.of(arguments).subList(2, arguments.length)) {
      String[] parts = argument.split("=");
      CommonCertificateVerifier verifier = new CommonCertificateVerifier();
      verifier.setTrustedCertSources(trusted);
      SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(parts[0]));
      validator.setCertificateVerifier(verifier);
      validator.setValidationTime(new Date(Long.parseLong(arguments[1])));
      List<DSSDocument> contents = new ArrayList<>();
      for (int index = 1; index < parts.length; index++) contents.add(new FileDocument(parts[index]));
      if (!contents.isEmpty()) validator.setDetachedContents(contents);
      SimpleReport report = validator.validateDocument().getSimpleReport();
      if (Boolean.getBoolean("signatures"))
        for (String id : report.getSignatureIdList())
          System.out.println(String.join("\t", new File(parts[0]).getName() + "#signature",
              String.valueOf(report.getIndication(id)), String.valueOf(report.getSubIndication(id)), ""));
      List<String> records = new ArrayList<>(report.getEvidenceRecordIdList());
      for (String id : report.getSignatureIdList())
        report.getSignatureEvidenceRecords(id).forEach(record -> records.add(record.getId()));
      for (String id : new LinkedHashSet<>(records)) {
        List<String> errors = new ArrayList<>();
        report.getAdESValidationErrors(id).forEach(message -> errors.add(message.getValue()));
        System.out.println(String.join("\t", new File(parts[0]).getName(), String.valueOf(report.getIndication(id)),
            String.valueOf(report.getSubIndication(id)), String.join("; ", errors)));
      }
    }
  }
}
