"""Lists the tables that public pages show, and those that they never show. A test compares both
with the models.

A new table belongs in one of the two lists. One that is shown also needs a migration with
`WatchRows`, after the one that creates it.
"""

SHOWN = {
    "accounts_user",  # what readers see of them alone
    "accounts_oldauthorslug",
    "conferences_conference",
    "conferences_oldconferenceslug",
    "conferences_oldseriesslug",
    "conferences_series",
    "counts_keptcount",
    "operations_siteidentity",
    "recaps_mention",
    "recaps_oldrecapslug",
    "recaps_recap",
    "recaps_recaptopic",
    "recaps_taggedrecap",
    "search_searchdocument",
    "search_searchword",
    "speakers_speaker",
    "speakers_speakeralias",
    "talks_eventrevision",
    "talks_oldtalkslug",
    "talks_recording",
    "talks_tag",
    "talks_tagalias",
    "talks_taggedtalk",
    "talks_talk",
    "talks_talklink",
    "talks_talkspeaker",
}
NEVER_SHOWN = {
    "accounts_user_groups",
    "accounts_user_user_permissions",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accessfailurelog",
    "axes_accesslog",
    "django_admin_log",
    "django_content_type",
    "django_session",
    "exchange_importedrecord",
    "exchange_importrun",
    "exchange_importsource",
    "images_image",  # texts name the files themselves
    "recaps_followup",
    "recaps_recapversion",
    "recaps_starttext",
    "recaps_workingcopy",
    "search_rebuildprogress",
    "search_sitezone",
    "taggit_tag",
    "taggit_taggeditem",
}
