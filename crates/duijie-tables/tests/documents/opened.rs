use crate::event::event;
use crate::programs::{Outcome, pages, pdf_text, report_missing};
use duijie_tables::Audience;

#[test]
fn libreoffice_opens_every_document_and_shows_its_text() {
    let event = event();
    let folder = tempfile::tempdir().unwrap();
    let written = event.write(folder.path(), Audience::Staff);
    let documents = written.iter().filter(|path| path.extension().is_some_and(|e| e == "docx" || e == "xlsx"));
    for path in documents {
        match pdf_text(path, folder.path()) {
            Outcome::Missing(program) => return report_missing(program, "the documents in LibreOffice"),
            Outcome::Ran(text) => {
                let text: String = text.split_whitespace().collect();
                let expected = if path.to_string_lossy().contains("卡脖子") { "低温启动" } else { "焊接" };
                assert!(text.contains(expected), "{}: {text}", path.display());
                if path.to_string_lossy().contains("手册") {
                    assert!(text.contains("精准对接手册") && text.contains("目录") && text.contains("推荐理由"));
                    assert!(
                        !text.contains('…') && text.contains("邀请：齐岳大学"),
                        "the contents have page numbers: {text}"
                    );
                    assert!(pages(path) >= 4);
                }
            }
        }
    }
}
