-- Reading the ledger: how few people are too few for a figure, and who reads what.
ALTER TABLE org ADD COLUMN fewest bigint NOT NULL DEFAULT 5 CHECK (fewest BETWEEN 3 AND 100);

-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'figures_read' FROM role o WHERE o.shipped IN ('admin', 'careers_lead', 'coordinator')
ON CONFLICT DO NOTHING;
INSERT INTO role_right (role, right_name)
SELECT o.id, 'confidential_read' FROM role o WHERE o.shipped IN ('admin', 'careers_lead', 'coordinator', 'safeguarding_lead')
ON CONFLICT DO NOTHING;
