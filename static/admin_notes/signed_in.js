// Notes in this browser that somebody is signed in: public pages then ask what they may write.

import { remember } from "../js/may_write.js";

remember();
