-- Roles of organisations that were there before keep pace.
INSERT INTO role_right (role, right_name)
SELECT o.id, 'activities_read' FROM role o WHERE o.shipped IN ('careers_lead', 'teacher', 'coordinator', 'safeguarding_lead')
ON CONFLICT DO NOTHING;
INSERT INTO role_right (role, right_name)
SELECT o.id, 'activities_plan' FROM role o WHERE o.shipped IN ('careers_lead', 'teacher', 'coordinator')
ON CONFLICT DO NOTHING;
