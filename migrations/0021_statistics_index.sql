-- Writing the statistics of a case anew finds the old record by its case; without an index that read every document there is.
set role hien_owner;

create index sealed_document_statistics on hien.sealed_document (subject_id) where compartment = 'statistics';

reset role;
